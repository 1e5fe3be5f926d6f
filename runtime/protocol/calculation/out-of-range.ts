/** A calculation left what its type can hold. In a command that is a reason to turn it down; anywhere else, for the operator to hear. */
export class OutOfRange extends RangeError {
  override readonly name = "OutOfRange";
}
