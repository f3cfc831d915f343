// A stored recording as sound to play.

interface Piece {
  /** Base64. */
  chunk: string;
  /** Where the next piece begins; null at the end. */
  next: number | null;
}

/** Reads a recording piece by piece into memory; what was interrupted plays as far as it goes. */
export async function recordedSound(read: (offset: number) => Promise<Piece>): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const piece: Piece = await read(offset);
    pieces.push(Uint8Array.from(atob(piece.chunk), (sign) => sign.charCodeAt(0)));
    // A piece that leads nowhere would be read for ever.
    if (piece.next !== null && piece.next <= offset) throw new Error('recording without end');
    offset = piece.next;
  }
  return new Blob(pieces, { type: 'audio/webm;codecs=opus' });
}
