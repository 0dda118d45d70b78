package io.keycask.kms.pkcs11.session;

import com.sun.jna.Pointer;
import io.keycask.kms.pkcs11.binding.CkLayout;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Ckr;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A PKCS#11 library with the token "fake", which fails when a test tells it to. Knows sessions, the login and random. */
final class FakeLibrary implements InvocationHandler {
    private static final CkLayout LAYOUT = new CkLayout(Long.BYTES, false);
    private static final long SLOT = 7;
    private static final int INFO_BYTES = 208;
    private static final int SERIAL_AT = 80;
    private static final int FLAGS_AT = 96;

    private final Map<String, Deque<Long>> faults = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Set<Long> sessions = new HashSet<>();
    private byte[] pin = "1234".getBytes(StandardCharsets.UTF_8);
    private long lastSession = 100;
    private int room = 64;
    private boolean started;
    private boolean loggedIn;
    private boolean lost;
    private boolean away;
    private boolean unplugged;

    Cryptoki functions() {
        return (Cryptoki)
                Proxy.newProxyInstance(Cryptoki.class.getClassLoader(), new Class<?>[] {Cryptoki.class}, this);
    }

    /** Lets the next calls of a function return these codes. */
    synchronized FakeLibrary fail(String function, long... codes) {
        Deque<Long> queue = faults.computeIfAbsent(function, name -> new ArrayDeque<>());
        Arrays.stream(codes).forEach(queue::add);
        return this;
    }

    /** Returns how often a function was called. */
    synchronized int calls(String function) {
        return calls.getOrDefault(function, 0);
    }

    synchronized FakeLibrary room(int sessions) {
        room = sessions;
        return this;
    }

    synchronized void changePin(String changed) {
        pin = changed.getBytes(StandardCharsets.UTF_8);
    }

    /** Logs out behind the back of everybody. */
    synchronized void logOut() {
        loggedIn = false;
    }

    /** Loses the device: every call fails until the library is started again. */
    synchronized void lose() {
        lost = true;
    }

    /** Lets the device be away: the library starts, and everything else fails. */
    synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** Takes the token out of its slot at the next start. */
    synchronized void unplugged(boolean isOut) {
        unplugged = isOut;
    }

    @Override
    public synchronized Object invoke(Object proxy, Method method, Object[] arguments) {
        String function = method.getName();
        if (function.equals("layout")) {
            return LAYOUT;
        }
        calls.merge(function, 1, Integer::sum);
        Deque<Long> queue = faults.get(function);
        Long fault = queue == null ? null : queue.poll();
        if (fault != null) {
            return fault;
        }
        if (function.equals("initialize")) {
            lost = false;
            started = true;
            return Ckr.OK;
        }
        if (!started) {
            return Ckr.CRYPTOKI_NOT_INITIALIZED;
        }
        if (function.equals("finalizeLibrary")) {
            started = false;
            endSessions();
            return Ckr.OK;
        }
        return lost || away ? Ckr.DEVICE_ERROR : answer(function, arguments);
    }

    private long answer(String function, Object[] arguments) {
        switch (function) {
            case "getSlotList" -> {
                pointer(arguments[1]).setLong(0, SLOT);
                pointer(arguments[2]).setLong(0, unplugged ? 0 : 1);
                return Ckr.OK;
            }
            case "getTokenInfo" -> {
                pointer(arguments[1]).write(0, tokenInfo(), 0, INFO_BYTES);
                return Ckr.OK;
            }
            case "openSession" -> {
                return openSession(pointer(arguments[2]));
            }
            case "closeSession" -> {
                sessions.remove((Long) arguments[0]);
                loggedIn &= !sessions.isEmpty();
                return Ckr.OK;
            }
            case "login" -> {
                return login(pointer(arguments[2]).getByteArray(0, (int) (long) arguments[3]));
            }
            default -> {
                return answerInSession((Long) arguments[0]);
            }
        }
    }

    private long answerInSession(long session) {
        if (!sessions.contains(session)) {
            return Ckr.SESSION_HANDLE_INVALID;
        }
        return loggedIn ? Ckr.OK : Ckr.USER_NOT_LOGGED_IN;
    }

    private long openSession(Pointer handle) {
        if (sessions.size() >= room) {
            return Ckr.SESSION_COUNT;
        }
        lastSession++;
        sessions.add(lastSession);
        handle.setLong(0, lastSession);
        return Ckr.OK;
    }

    private long login(byte[] given) {
        if (loggedIn) {
            return Ckr.USER_ALREADY_LOGGED_IN;
        }
        loggedIn = Arrays.equals(given, pin);
        return loggedIn ? Ckr.OK : Ckr.PIN_INCORRECT;
    }

    private void endSessions() {
        sessions.clear();
        loggedIn = false;
    }

    private static byte[] tokenInfo() {
        byte[] info = new byte[INFO_BYTES];
        Arrays.fill(info, 0, FLAGS_AT, (byte) ' ');
        byte[] label = "fake".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(label, 0, info, 0, label.length);
        info[SERIAL_AT] = '9';
        byte[] flags = LAYOUT.ulongValue(Cka.CKF_TOKEN_INITIALIZED);
        System.arraycopy(flags, 0, info, FLAGS_AT, flags.length);
        return info;
    }

    private static Pointer pointer(Object address) {
        return new Pointer((Long) address);
    }
}
