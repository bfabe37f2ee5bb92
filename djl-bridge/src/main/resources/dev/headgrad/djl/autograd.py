class Autograd(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def is_leaf(self: __torch__.Autograd,
    array: Tensor) -> Tensor:
    return torch.tensor(torch.is_leaf(array))
  def alias(self: __torch__.Autograd,
    array: Tensor) -> Tensor:
    return array
  def assign(self: __torch__.Autograd,
    targets: List[Tensor],
    values: List[Tensor]) -> List[Tensor]:
    for i in range(torch.len(targets)):
      _0 = torch.copy_(targets[i], values[i])
    return targets
  def grad(self: __torch__.Autograd,
    outputs: List[Tensor],
    inputs: List[Tensor],
    output_gradients: List[Tensor]) -> List[Tensor]:
    return (self).differentiate(outputs, inputs, output_gradients, False, False, )
  def grad_retaining(self: __torch__.Autograd,
    outputs: List[Tensor],
    inputs: List[Tensor],
    output_gradients: List[Tensor]) -> List[Tensor]:
    return (self).differentiate(outputs, inputs, output_gradients, True, False, )
  def grad_creating(self: __torch__.Autograd,
    outputs: List[Tensor],
    inputs: List[Tensor],
    output_gradients: List[Tensor]) -> List[Tensor]:
    return (self).differentiate(outputs, inputs, output_gradients, False, True, )
  def grad_retaining_creating(self: __torch__.Autograd,
    outputs: List[Tensor],
    inputs: List[Tensor],
    output_gradients: List[Tensor]) -> List[Tensor]:
    return (self).differentiate(outputs, inputs, output_gradients, True, True, )
  def differentiate(self: __torch__.Autograd,
    outputs: List[Tensor],
    inputs: List[Tensor],
    output_gradients: List[Tensor],
    retain_graph: bool,
    create_graph: bool) -> List[Tensor]:
    optional = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(output_gradients)):
      _0 = torch.append(optional, output_gradients[i])
    gradients = torch.grad(outputs, inputs, optional, retain_graph, create_graph, True)
    reached = annotate(List[bool], [])
    results = annotate(List[Tensor], [])
    for j in range(torch.len(gradients)):
      gradient = gradients[j]
      if torch.__is__(gradient, None):
        _1 = torch.append(reached, False)
      else:
        _2 = torch.append(reached, True)
        _3 = torch.append(results, unchecked_cast(Tensor, gradient))
    _4 = torch.append(results, torch.tensor(reached))
    return results
