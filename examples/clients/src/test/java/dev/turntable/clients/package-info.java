/**
 * Programs that people read tables with, each run as it is against the driver's one jar and a
 * simulated service: what they show, and what that costs in requests.
 */
package dev.turntable.clients;
