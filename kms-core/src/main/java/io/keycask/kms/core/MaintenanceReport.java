package io.keycask.kms.core;

/**
 * What one run of maintenance did.
 *
 * @param rotated keys that got a new version
 * @param deleted keys whose material was destroyed
 * @param expired keys whose imported material has expired and was destroyed
 * @param undone keys and versions that a crash left half done, and that are ended now
 * @param failed steps that failed, and will be tried again; the log says which
 */
public record MaintenanceReport(int rotated, int deleted, int expired, int undone, int failed) {}
