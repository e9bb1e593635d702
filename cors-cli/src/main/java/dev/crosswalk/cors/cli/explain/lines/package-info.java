/**
 * A CORS layer in a paste as lines, with those that have to change.
 *
 * <p>{@code ShownLayer} is a layer with settings, which {@code LayerKeys} names (the file {@code
 * layer-keys.txt}); a {@code WrittenSetting} is one of them as somebody wrote it. {@code
 * HeaderLines} is code that sends the headers one by one (the file {@code header-lines.txt}), with
 * {@code SentHeaders}, {@code RepeatedLine} and {@code OriginList}. {@code ChangedLines} has the
 * lines as they should be.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.lines;

import org.jspecify.annotations.NullMarked;
