/** What every class of the driver needs: failures as SQLExceptions, warnings, who has closed it. */
@NullMarked
package dev.turntable.jdbc.error;

import org.jspecify.annotations.NullMarked;
