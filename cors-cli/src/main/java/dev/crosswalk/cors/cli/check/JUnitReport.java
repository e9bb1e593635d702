package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.tck.report.Failure;
import dev.crosswalk.cors.tck.rules.Catalogue;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report for build servers, which read what JUnit writes. */
final class JUnitReport {

  private JUnitReport() {}

  static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Report.Column column : report.columns()) {
        write(xml, column);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a report that is no XML", e);
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, Report.Column column) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", legal(column.url()));
    xml.writeAttribute("tests", Integer.toString(column.rows().size() + column.causes().size()));
    long causes = column.causes().stream().filter(JUnitReport::fails).count();
    xml.writeAttribute("failures", Long.toString(column.count(Catalogue.Status.BROKEN) + causes));
    xml.writeAttribute("errors", Long.toString(column.count(Catalogue.Status.FAULTY)));
    xml.writeAttribute("skipped", Long.toString(column.count(Catalogue.Status.NOT_RUN)));
    xml.writeAttribute("timestamp", column.begin().toString());
    xml.writeAttribute(
        "time", String.format(Locale.ROOT, "%.3f", column.duration().toMillis() / 1000.0));
    for (RootCause cause : column.causes()) {
      write(xml, cause, column);
    }
    for (Report.Row row : column.rows()) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", "cors." + row.rule().family());
      xml.writeAttribute("name", row.rule().id() + " " + row.rule().sentence());
      switch (row.status()) {
        case HOLDS -> {}
        case BROKEN -> {
          xml.writeStartElement("failure");
          xml.writeAttribute("message", legal(row.message()));
          xml.writeCharacters(
              legal(
                  Transcript.hidden(Failure.tell(row.rule(), row.message(), row.observations()))));
          xml.writeEndElement();
        }
        case NOT_RUN -> {
          xml.writeStartElement("skipped");
          xml.writeAttribute("message", legal(row.message()));
          xml.writeEndElement();
        }
        case FAULTY -> {
          xml.writeStartElement("error");
          xml.writeAttribute("message", legal(row.message()));
          xml.writeEndElement();
        }
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static boolean fails(RootCause cause) {
    return cause.severity() != RootCause.Severity.NOTE;
  }

  /** A note is a test that passes, and says what it says in its output. */
  private static void write(XMLStreamWriter xml, RootCause cause, Report.Column column)
      throws XMLStreamException {
    List<String> lines = new ArrayList<>(cause.findings());
    lines.addAll(cause.exploit());
    lines.add("Remedy: " + cause.remedy() + ".");
    lines.add("Rules: " + String.join(" ", cause.rules(column.rows())));
    cause.proofs().forEach(proof -> lines.add("\n" + Transcript.of(proof)));
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "cors.Cause");
    xml.writeAttribute("name", legal(TextReport.title(cause)));
    xml.writeStartElement(fails(cause) ? "failure" : "system-out");
    if (fails(cause)) {
      xml.writeAttribute("message", legal(cause.name()));
    }
    xml.writeCharacters(legal(String.join("\n", lines)));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  /** XML has no control characters, not even escaped; servers send them. */
  private static String legal(String text) {
    return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD]", "\uFFFD");
  }
}
