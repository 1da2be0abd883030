/**
 * Everything that knows Rightbrain: its requests as a Retrofit interface, its records, and one file
 * per table.
 *
 * <p>Lists come in pages by cursor ({@link dev.turntable.rightbrain.PagedList}); a long list of runs is
 * cut into windows of time that are read side by side. Facts are from the service's published API.
 */
@NullMarked
package dev.turntable.rightbrain;

import org.jspecify.annotations.NullMarked;
