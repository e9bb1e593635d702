package dev.crosswalk.examples.quarkus;

/**
 * A note, as JSON has it.
 *
 * @param id its number; 0 in what a page sends
 * @param text what it says
 */
public record Note(int id, String text) {}
