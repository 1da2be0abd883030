/**
 * Failures of Calcite in our terms: the place in the statement, the object, what it may have meant.
 */
@NullMarked
package dev.turntable.plan.error;

import org.jspecify.annotations.NullMarked;
