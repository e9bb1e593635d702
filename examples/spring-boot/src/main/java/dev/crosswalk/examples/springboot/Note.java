package dev.crosswalk.examples.springboot;

/**
 * A note, as JSON has it.
 *
 * @param id its number
 * @param text what it says
 */
record Note(int id, String text) {}
