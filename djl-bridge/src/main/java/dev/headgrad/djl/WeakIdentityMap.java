package dev.headgrad.djl;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent map that compares keys by identity and does not keep them alive. Arrays need it:
 * their {@code equals} compares contents.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values, which must not refer to their keys
 */
final class WeakIdentityMap<K, V> {

  private final ConcurrentMap<Object, V> map = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> unreachable = new ReferenceQueue<>();
  private final Consumer<V> onUnreachable;

  /**
   * Makes an empty map.
   *
   * @param onUnreachable is given the values whose keys have become unreachable
   */
  WeakIdentityMap(Consumer<V> onUnreachable) {
    this.onUnreachable = onUnreachable;
  }

  @Nullable V get(K key) {
    return map.get(new Lookup(key));
  }

  @Nullable V put(K key, V value) {
    expunge();
    V old = map.remove(new Lookup(key));
    map.put(new WeakKey<>(key, unreachable), value);
    return old;
  }

  @Nullable V remove(K key) {
    expunge();
    return map.remove(new Lookup(key));
  }

  /** Calls the action for every entry whose key is still reachable. */
  void forEach(BiConsumer<K, V> action) {
    expunge();
    map.forEach(
        (reference, value) -> {
          @SuppressWarnings("unchecked")
          K key = ((WeakKey<K>) reference).get();
          if (key != null) {
            action.accept(key, value);
          }
        });
  }

  /** Drops the entries for which the condition holds and returns their values. */
  List<V> removeIf(BiPredicate<K, V> condition) {
    List<V> removed = new ArrayList<>();
    forEach(
        (key, value) -> {
          if (condition.test(key, value) && map.remove(new Lookup(key), value)) {
            removed.add(value);
          }
        });
    return removed;
  }

  int size() {
    expunge();
    return map.size();
  }

  private void expunge() {
    for (Reference<?> r = unreachable.poll(); r != null; r = unreachable.poll()) {
      V value = map.remove(r);
      if (value != null) {
        onUnreachable.accept(value);
      }
    }
  }

  /** A key as it is stored; equal to a {@link Lookup} of the same object. */
  private static final class WeakKey<K> extends WeakReference<K> {
    private final int hash;

    WeakKey(K key, ReferenceQueue<K> queue) {
      super(key, queue);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || other instanceof Lookup lookup && get() == lookup.key;
    }
  }

  /** A key as it is asked for; it spares a weak reference for each look-up. */
  private record Lookup(Object key) {
    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof WeakKey<?> stored && stored.get() == key
          || other instanceof Lookup lookup && lookup.key == key;
    }
  }
}
