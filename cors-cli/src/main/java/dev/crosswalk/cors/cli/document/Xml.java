package dev.crosswalk.cors.cli.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML: an element is its children by their names, or its text. Children of the same name are
 * a list. Attributes are not read. There are no document types, and so no entities.
 */
public final class Xml {

  private static final int MAX_DEPTH = 50;

  private final String file;
  private final XMLStreamReader reader;

  private Xml(String file, XMLStreamReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** Returns the root element. */
  public static Node read(String file, String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      Xml xml = new Xml(file, reader);
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new BrokenDocumentException(
              file, xml.line(), "a document type is not read; remove <!DOCTYPE …>");
        }
      }
      return xml.element(0);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String first = String.valueOf(e.getMessage()).replaceAll("(?s).*Message: ", "");
      throw new BrokenDocumentException(file, line, "this is not XML: " + first);
    } catch (MissingResourceException e) {
      // The JDK's parser has no sentence for a forbidden character in a document type.
      throw new BrokenDocumentException(
          file, 0, "a document type is not read; remove <!DOCTYPE …>");
    }
  }

  private int line() {
    return Math.max(0, reader.getLocation().getLineNumber());
  }

  private Node element(int depth) throws XMLStreamException {
    int line = line();
    if (depth > MAX_DEPTH) {
      throw new BrokenDocumentException(
          file, line, "elements are nested deeper than " + MAX_DEPTH + " levels");
    }
    Map<String, List<Node>> children = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.isStartElement()) {
        String name = reader.getLocalName();
        children.computeIfAbsent(name, unseen -> new ArrayList<>()).add(element(depth + 1));
      } else if (reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new BrokenDocumentException(file, line(), "entities are not read; write the text");
      } else if (reader.isCharacters()) {
        text.append(reader.getText());
      }
    }
    if (children.isEmpty()) {
      return Node.scalar(text.toString().strip(), line);
    }
    Map<String, Node> members = new LinkedHashMap<>();
    children.forEach(
        (name, all) ->
            members.put(name, all.size() == 1 ? all.get(0) : Node.list(all, all.get(0).line())));
    return Node.members(members, line);
  }
}
