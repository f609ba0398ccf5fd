package io.eventful.admin;

/** Marks the controllers of the console, which respond with HTML pages instead of JSON. */
interface ConsolePage {}
