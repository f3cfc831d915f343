// Who types a note while the other side hangs up goes on typing in the wrap-up's note: the keys that
// follow must not be taken for feelings.

interface Carried {
  callId: string;
  caret: number;
}

let carried: Carried | null = null;

/** The note of this call is about to leave the screen with the keyboard in it. */
export function carryNoteFocus(callId: string, note: HTMLTextAreaElement): void {
  carried = { callId, caret: note.selectionEnd };
}

/** Puts the keyboard into the note that takes the place, where the caret was. */
export function takeNoteFocus(callId: string, note: HTMLTextAreaElement | null): void {
  if (carried?.callId === callId && note !== null) {
    note.focus();
    note.setSelectionRange(carried.caret, carried.caret);
  }
  carried = null;
}
