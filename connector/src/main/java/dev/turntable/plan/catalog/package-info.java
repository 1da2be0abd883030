/**
 * The opened sources of a connection as schemas, with those that describe them: {@code turntable} and
 * {@code information_schema}.
 */
@NullMarked
package dev.turntable.plan.catalog;

import org.jspecify.annotations.NullMarked;
