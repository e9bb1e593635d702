package dev.crosswalk.cors.internal.syntax;

import dev.crosswalk.cors.internal.syntax.RequestPath.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entry for the path of a request: that of the longest path that covers it, by whole
 * segments. If a path can be read in several ways ({@link RequestPath}), all of them must find the
 * same entry. Ignoring case is one of these ways.
 *
 * <p>A plain path costs one look-up for each of its segments that the table knows, and allocates
 * nothing. Any other path is walked once, with all the places where its readings are at a time.
 *
 * @param <T> the type of an entry; entries that are equal are the same
 */
public final class PathTable<T> {

  /** The number of places that are followed. Readings at more places than this hardly agree. */
  private static final int MAX_PLACES = 16;

  /** A path of the table, or what one begins with. */
  private static final class Node<T> {

    final Node<T> parent;
    final String segment;
    final int hash;
    @Nullable T here;
    @Nullable T below;

    Node(@Nullable Node<T> parent, String segment, int hash) {
      this.parent = parent == null ? this : parent;
      this.segment = segment;
      this.hash = hash;
    }

    @Nullable T covering() {
      return here == null ? below : here;
    }
  }

  /** Where readings are: below nodes, by numbers of segments that the table does not know. */
  private static final class Places<T> {

    final List<Node<T>> nodes = new ArrayList<>();
    final int[] least = new int[MAX_PLACES];
    final int[] most = new int[MAX_PLACES];

    /** Adds places between two numbers of segments; false if there are too many nodes. */
    boolean add(Node<T> node, int from, int to) {
      int i = nodes.indexOf(node);
      if (i >= 0) {
        least[i] = Math.min(least[i], from);
        most[i] = Math.max(most[i], to);
        return true;
      }
      if (nodes.size() == MAX_PLACES) {
        return false;
      }
      least[nodes.size()] = from;
      most[nodes.size()] = to;
      nodes.add(node);
      return true;
    }
  }

  /** What all readings have found so far. */
  private static final class Agreement<T> {

    private boolean isEmpty = true;
    @Nullable T entry;

    boolean holdsAt(Places<T> places) {
      for (int i = 0; i < places.nodes.size(); i++) {
        Node<T> node = places.nodes.get(i);
        T found = places.least[i] == 0 ? node.covering() : node.below;
        if (places.most[i] > 0 && found != node.below || !isEmpty && found != entry) {
          return false;
        }
        entry = found;
        isEmpty = false;
      }
      return true;
    }
  }

  private final Node<T> root = new Node<>(null, "", 1);
  private final @Nullable Node<T>[] nodes;
  private final int shift;

  /**
   * Makes a table of paths that {@link RequestPath#isPrefix} allows, none of which is another's
   * {@linkplain RequestPath#inAnotherCase in another case}.
   *
   * @param here entries for exactly these paths
   * @param below entries for these paths and all paths below them
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
  public PathTable(Map<String, ? extends T> here, Map<String, ? extends T> below) {
    Map<String, Node<T>> byPath = new HashMap<>();
    List<Node<T>> parentsFirst = new ArrayList<>();
    Map<T, T> same = new IdentityHashMap<>();
    Map<T, T> equal = new HashMap<>();
    byPath.put("/", root);
    here.forEach(
        (path, entry) -> node(path, byPath, parentsFirst).here = canonical(entry, same, equal));
    below.forEach(
        (path, entry) -> node(path, byPath, parentsFirst).below = canonical(entry, same, equal));
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(parentsFirst.size(), 4));
    nodes = (Node<T>[]) new Node[1 << bits];
    shift = 32 - bits;
    for (Node<T> node : parentsFirst) {
      node.below = node.below == null ? node.parent.below : node.below;
      int slot = slot(node.hash);
      while (nodes[slot] != null) {
        slot = slot + 1 & nodes.length - 1;
      }
      nodes[slot] = node;
    }
  }

  /** Compares each entry once, even if many paths have it. */
  private static <T> T canonical(T entry, Map<T, T> same, Map<T, T> equal) {
    return same.computeIfAbsent(entry, e -> equal.computeIfAbsent(e, other -> other));
  }

  private Node<T> node(String path, Map<String, Node<T>> byPath, List<Node<T>> parentsFirst) {
    Node<T> known = byPath.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    Node<T> parent = slash == 0 ? root : node(path.substring(0, slash), byPath, parentsFirst);
    int hash = hash(parent, path, slash + 1, path.length());
    Node<T> node = new Node<>(parent, path.substring(slash + 1), hash);
    byPath.put(path, node);
    parentsFirst.add(node);
    return node;
  }

  /**
   * Returns the entry that all readings of a path find.
   *
   * @param path the path of a request, as the client sent it
   * @return the entry; null if no path covers this one, if two readings differ, or if it cannot be
   *     read
   */
  public @Nullable T get(String path) {
    int length = path.length();
    if (length == 0 || length > RequestPath.MAX_LENGTH || path.charAt(0) != '/') {
      return null;
    }
    if (length == 1) {
      return root.covering();
    }
    Node<T> node = root;
    boolean isKnown = true;
    int from = 1;
    for (int i = 1; i <= length; i++) {
      char c = i == length ? '/' : path.charAt(i);
      if (c == '/') {
        boolean isEmpty = i == from;
        if (isEmpty
            ? i != length || isKnown && node.here != null
            : RequestPath.mayBeTrimmed(path, from, i)) {
          return ofAllReadings(path);
        }
        if (isKnown) {
          Node<T> child = child(node, path, from, i);
          isKnown = child != null;
          if (child != null && !path.regionMatches(from, child.segment, 0, i - from)) {
            return ofAllReadings(path);
          }
          node = child == null ? node : child;
        }
        from = i + 1;
      } else if (!RequestPath.isPlain(c)) {
        return ofAllReadings(path);
      }
    }
    return isKnown ? node.covering() : node.below;
  }

  /** The same for a path that has several readings; for others, too. */
  @Nullable T ofAllReadings(String path) {
    List<Segment> segments = RequestPath.segments(path);
    if (segments == null) {
      return null;
    }
    Agreement<T> agreement = new Agreement<>();
    Places<T> places = new Places<>();
    Places<T> next = new Places<>();
    places.add(root, 0, 0);
    for (Segment segment : segments) {
      for (int i = 0; i < places.nodes.size(); i++) {
        if (!follow(segment, places.nodes.get(i), places.least[i], places.most[i], next)) {
          return null;
        }
      }
      Places<T> left = places;
      places = next;
      next = left;
      next.nodes.clear();
      if (segment.mayEnd() && !agreement.holdsAt(places)) {
        return null;
      }
    }
    return agreement.holdsAt(places) ? agreement.entry : null;
  }

  /** Adds where a reading may be after a segment; false if that is too much. */
  private boolean follow(Segment segment, Node<T> node, int least, int most, Places<T> next) {
    boolean few = true;
    if (least == 0) {
      Node<T> child = child(node, segment.dotted());
      few = child == null || next.add(child, 0, 0);
      if (child == null || !segment.isLiteral() || !child.segment.equals(segment.dotted())) {
        child = child(node, segment.name());
        few = few && next.add(node, 1, 1) && (child == null || next.add(child, 0, 0));
      }
      few = few && (!segment.mayClimb() || next.add(node.parent, 0, 0));
    }
    if (most > 0) {
      few = few && next.add(node, Math.max(least, 1) + 1, most + 1);
      if (segment.mayClimb()) {
        few = few && next.add(node, Math.max(least, 1) - 1, most);
      }
    }
    return few && (!segment.mayVanish() || next.add(node, least, most));
  }

  private @Nullable Node<T> child(Node<T> parent, String name) {
    return child(parent, name, 0, name.length());
  }

  private @Nullable Node<T> child(Node<T> parent, String text, int from, int to) {
    int hash = hash(parent, text, from, to);
    int slot = slot(hash);
    Node<T> node = nodes[slot];
    while (node != null) {
      if (node.hash == hash
          && node.parent == parent
          && node.segment.length() == to - from
          && Token.isSame(text, from, node.segment)) {
        return node;
      }
      slot = slot + 1 & nodes.length - 1;
      node = nodes[slot];
    }
    return null;
  }

  /**
   * Clients can choose colliding names, but the length of a search depends only on the table's
   * paths.
   */
  private static int hash(Node<?> parent, String text, int from, int to) {
    int hash = parent.hash * 31 + '/';
    for (int i = from; i < to; i++) {
      hash = hash * 31 + Token.lower(text.charAt(i));
    }
    return hash;
  }

  private int slot(int hash) {
    return hash * 0x9E3779B9 >>> shift;
  }
}
