/** A log has one writer ever, so two epochs are all there are: its own, and that of whoever takes the writer for dead. */
export const WRITER = 1;
export const FENCED = 2;
