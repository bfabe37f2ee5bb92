package dev.headgrad.gluon.nn;

import dev.headgrad.Tensor;
import dev.headgrad.gluon.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers one after the other: MXNet's {@code nn.Sequential}. */
public final class Sequential implements Block {

  private final List<Block> layers = new ArrayList<>();

  /** A network of these layers. */
  public Sequential(Block... layers) {
    add(layers);
  }

  /** Appends layers, and returns this network. */
  public Sequential add(Block... more) {
    layers.addAll(List.of(more));
    return this;
  }

  /** The layer at a position: Python's {@code net[0]}. */
  public Block get(int position) {
    return layers.get(position);
  }

  /** The number of layers. */
  public int size() {
    return layers.size();
  }

  @Override
  public Tensor call(Tensor x) {
    Tensor y = x;
    for (Block layer : layers) {
      y = layer.call(y);
    }
    return y;
  }

  @Override
  public Map<String, Parameter> collectParams() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String prefix = i + ".";
      layers.get(i).collectParams().forEach((name, parameter) -> all.put(prefix + name, parameter));
    }
    return all;
  }
}
