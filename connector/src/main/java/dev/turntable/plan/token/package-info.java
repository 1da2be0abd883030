/**
 * Rewrites the tokens of a statement before Calcite parses them; each keeps its place.
 */
@NullMarked
package dev.turntable.plan.token;

import org.jspecify.annotations.NullMarked;
