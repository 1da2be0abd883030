/**
 * Scans that take over predicates, columns and limits, and the keys that a statement binds to them: what
 * a table means, known rows and bound ones, is decided here.
 */
@NullMarked
package dev.turntable.plan.scan;

import org.jspecify.annotations.NullMarked;
