package dev.turntable.jdbc;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a connection knows of itself.
 *
 * @param url the URL without secrets, made when it is asked for
 * @param readOnly whether it was opened for reading only
 * @param warnings what opening it had to say
 * @param onClose frees what belongs to it beside the engine
 */
record ConnectionInfo(
    Supplier<String> url, boolean readOnly, List<String> warnings, Runnable onClose) {}
