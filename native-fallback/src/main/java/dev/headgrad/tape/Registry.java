package dev.headgrad.tape;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a manager, held weakly: what the program can no longer reach is garbage though its
 * manager is open. Adding and removing take constant time.
 */
final class Registry {

  private @Nullable Entry[] entries = new Entry[8];
  private int size;

  private static final class Entry extends WeakReference<ArrayResource> {
    Entry(ArrayResource array) {
      super(array);
    }
  }

  synchronized void add(ArrayResource array) {
    if (size == entries.length) {
      sweep();
      if (size > entries.length / 2) {
        entries = Arrays.copyOf(entries, 2 * entries.length);
      }
    }
    array.registryIndex = size;
    entries[size++] = new Entry(array);
  }

  /** Removes an array; does nothing if it is not in here. */
  synchronized void remove(ArrayResource array) {
    int i = array.registryIndex;
    if (i < 0) {
      return;
    }
    array.registryIndex = -1;
    move(--size, i);
  }

  /** The arrays that are still reachable. */
  synchronized List<ArrayResource> arrays() {
    List<ArrayResource> arrays = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ArrayResource array = at(i);
      if (array != null) {
        arrays.add(array);
      }
    }
    return arrays;
  }

  private @Nullable ArrayResource at(int i) {
    Entry entry = entries[i];
    return entry == null ? null : entry.get();
  }

  private void move(int from, int to) {
    Entry entry = entries[from];
    entries[from] = null;
    if (from != to) {
      entries[to] = entry;
      ArrayResource array = entry == null ? null : entry.get();
      if (array != null) {
        array.registryIndex = to;
      }
    }
  }

  /** Drops the entries of arrays that were collected. */
  private void sweep() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (at(i) != null) {
        if (kept != i) {
          move(i, kept);
        }
        kept++;
      }
    }
    Arrays.fill(entries, kept, size, null);
    size = kept;
  }
}
