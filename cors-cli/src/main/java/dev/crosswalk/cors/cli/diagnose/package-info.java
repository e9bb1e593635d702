/**
 * {@code crosswalk diagnose}: why browsers refuse the answer of a server.
 *
 * <p>{@code Diagnose} reads the command line, with {@code RequestArguments} and {@code UrlsFile}.
 * {@code Diagnosis} plays three browsers. If they refuse, and one response does not tell why,
 * {@code Experiment} asks again: {@code RepeatedRequest} sends the last request with one thing
 * changed, and {@code Variation} and {@code LayerSearch} decide which. {@code Handshake} does the
 * same for a WebSocket, and {@code OverHttp2} for a server that answers HTTP/2 differently. {@code
 * DiagnosisText}, {@code DiagnosisJson} and {@code DiagnosisMarkdown} print the result.
 */
@NullMarked
package dev.crosswalk.cors.cli.diagnose;

import org.jspecify.annotations.NullMarked;
