package dev.headgrad.tape;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a manager, held weakly: what the program can no longer reach is garbage though its
 * manager is open.
 *
 * <p>Every result passes through here, so adding takes one atomic instruction and removing none: an
 * array knows its entry, and an entry whose array does not know it any more is dropped when the
 * table is full, which happens once in as many additions as the table has room for.
 */
final class Registry {

  private static final int LEAST_ROOM = 64;

  private volatile Table table = new Table(LEAST_ROOM);

  /** What a registry knows of an array, and the array of it. */
  static final class Entry extends WeakReference<ArrayResource> {
    Entry(ArrayResource array) {
      super(array);
    }

    /** The array, if it is reachable and was not removed. */
    @Nullable ArrayResource array() {
      ArrayResource array = get();
      return array != null && array.registration == this ? array : null;
    }
  }

  /** A row of places, each of which is taken once. */
  private static final class Table {
    private final AtomicReferenceArray<@Nullable Entry> entries;
    private final AtomicInteger taken = new AtomicInteger();

    Table(int room) {
      entries = new AtomicReferenceArray<>(room);
    }

    /** Takes the next place; returns false if there is none. */
    boolean offer(Entry entry) {
      int place = taken.getAndIncrement();
      if (place >= entries.length()) {
        return false;
      }
      entries.setRelease(place, entry);
      return true;
    }

    /** A table with the entries of this full one that still count, and as much room again. */
    Table renewed() {
      List<Entry> kept = new ArrayList<>();
      for (int i = 0; i < entries.length(); i++) {
        Entry entry = entries.getAcquire(i);
        while (entry == null) { // the place is taken, and about to be filled
          Thread.onSpinWait();
          entry = entries.getAcquire(i);
        }
        if (entry.array() != null) {
          kept.add(entry);
        }
      }
      Table renewed = new Table(Math.max(LEAST_ROOM, 2 * kept.size()));
      kept.forEach(renewed::offer);
      return renewed;
    }
  }

  /** Takes an array in, which leaves the registry it was in. */
  void add(ArrayResource array) {
    Entry entry = new Entry(array);
    array.registration = entry;
    Table at = table;
    while (!at.offer(entry)) {
      at = renewed(at);
    }
  }

  /** Removes an array; does nothing if it is in no registry. */
  static void remove(ArrayResource array) {
    array.registration = null;
  }

  /** The arrays that are still reachable. */
  synchronized List<ArrayResource> arrays() {
    List<ArrayResource> arrays = new ArrayList<>();
    Table at = table;
    for (int i = 0; i < at.entries.length(); i++) {
      Entry entry = at.entries.getAcquire(i);
      ArrayResource array = entry == null ? null : entry.array();
      if (array != null) {
        arrays.add(array);
      }
    }
    return arrays;
  }

  private synchronized Table renewed(Table full) {
    if (table == full) {
      table = full.renewed();
    }
    return table;
  }
}
