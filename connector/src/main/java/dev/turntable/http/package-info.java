/**
 * One HTTP stack for all services, on OkHttp, Retrofit and Moshi: authorization, retries, pace and
 * concurrency limits, the request budget and log, shared and aged answers, redaction, and the one
 * place that turns a failure into a {@link dev.turntable.source.TurntableException}.
 *
 * <p>A service describes its requests as a Retrofit interface, opens a {@link
 * dev.turntable.http.ServiceClient} and has every call sent by its {@link dev.turntable.http.Calls}.
 * A source from outside uses {@link dev.turntable.http.JsonApi}. Knows no SQL and no service.
 */
@NullMarked
package dev.turntable.http;

import org.jspecify.annotations.NullMarked;
