package io.eventful.admin;

/** Marks the controllers of the console, which answer with pages and not with JSON. */
interface ConsolePage {}
