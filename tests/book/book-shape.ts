export interface BookSize {
  customers: number;
  contacts: number;
}

/** All that decides what is in a book. */
export interface BookShape extends BookSize {
  seed: number;
  /** Epoch ms: the first customer was entered then, nothing happens after `until`. */
  since: number;
  until: number;
  /** Ids of who spoke with the customers. */
  agents: readonly string[];
}
