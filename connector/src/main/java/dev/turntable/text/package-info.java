/**
 * The text of SQL as tokens. Everything that looks into a text (the plan cache, the parser, the
 * splitting of scripts, what is rewritten before parsing) reads these and nothing else. Knows neither
 * Calcite nor any other package, and uses no regular expression, which a new JVM would pay for.
 */
@NullMarked
package dev.turntable.text;

import org.jspecify.annotations.NullMarked;
