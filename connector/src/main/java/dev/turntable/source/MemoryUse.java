package dev.turntable.source;

/**
 * What memory is taken for, in the words of a message.
 *
 * @param subject the step, for example {@code the rows that ORDER BY keeps}
 * @param remedy what to do where it does not fit, for example {@code filter or limit its input}
 */
public record MemoryUse(String subject, String remedy) {}
