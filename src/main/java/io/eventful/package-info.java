/** The gateway's start: everything else lives in one package per step of the flow. */
@NullMarked
package io.eventful;

import org.jspecify.annotations.NullMarked;
