package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One mistake of a server, from which findings follow.
 *
 * @param id for programs and links: it stays when the name is worded better
 * @param name what the server does, as one says it to a colleague
 * @param severity by what an attacker gains
 * @param proofs what was asked, and how it was answered
 * @param findings what the proofs are, each in a few words
 * @param exploit what comes of it, step by step
 * @param remedy what to do
 * @param explains whether it is why a rule is broken
 */
record RootCause(
    String id,
    String name,
    Severity severity,
    List<Observation> proofs,
    List<String> findings,
    List<String> exploit,
    String remedy,
    Predicate<Report.Row> explains) {

  /** By what an attacker gains. */
  enum Severity {
    /** A page of somebody else reads, in a current browser, what it should not. */
    SECURITY,
    /** Pages that are meant to work do not. */
    DEFECT,
    /** It may be meant, and nobody is harmed today. */
    NOTE
  }

  RootCause {
    proofs = List.copyOf(proofs);
    findings = List.copyOf(findings);
    exploit = List.copyOf(exploit);
  }

  /**
   * A remedy, and which layer the answer is of, as {@code diagnose} says it; no period at the end.
   */
  static String withLayer(String remedy, Observation proof) {
    return LayerRemedy.whose(proof.response(), proof.isPreflight())
        .map(sentence -> remedy + ". " + unended(sentence))
        .orElse(remedy);
  }

  /** A sentence without its period. */
  static String unended(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  /** The id of a mistake: its name, as links have it. */
  static String id(Enum<?> mistake) {
    return mistake.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The broken rules that follow from it, by their ids. */
  List<String> rules(List<Report.Row> rows) {
    return rows.stream()
        .filter(row -> row.status() == Catalogue.Status.BROKEN && explains.test(row))
        .map(row -> row.rule().id())
        .toList();
  }

  /** The same mistake where another change is what helps; no period at the end. */
  RootCause withRemedy(String other) {
    return new RootCause(id, name, severity, proofs, findings, exploit, other, explains);
  }

  /** The same mistake, seen again. */
  RootCause and(RootCause other) {
    List<Observation> allProofs = new ArrayList<>(proofs);
    allProofs.addAll(other.proofs);
    return new RootCause(
        id,
        name,
        severity,
        allProofs,
        Stream.concat(findings.stream(), other.findings.stream()).distinct().toList(),
        exploit,
        remedy,
        explains.or(other.explains));
  }
}
