/** DatabaseMetaData: the facts by subject, and what comes from the catalog. */
@NullMarked
package dev.turntable.jdbc.meta;

import org.jspecify.annotations.NullMarked;
