// What kind of sound a file is, by its first bytes: what a program says of it may be wrong. Taken is
// what the window can play; the rest is refused by name.

export type SoundType = 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/webm';

export type SoundKind = { type: SoundType } | { refused: 'unknown' | 'coding'; coding?: string };

/** RIFF's format tags (mmreg.h) that a browser plays: PCM, IEEE float, A-law, µ-law. */
const PLAYABLE_WAVES = [0x0001, 0x0003, 0x0006, 0x0007];
const EXTENSIBLE = 0xfffe;
const WAVE_NAMES: Readonly<Record<number, string>> = {
  0x0002: 'MS ADPCM',
  0x0011: 'IMA ADPCM',
  0x0031: 'GSM 6.10',
  0x0050: 'MPEG',
};

/** @param bytes of the whole file; only its beginning is looked at */
export function soundKindOf(bytes: Uint8Array): SoundKind {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (textAt(file, 0, 4) === 'RIFF' && textAt(file, 8, 4) === 'WAVE') return waveKind(file);
  if (textAt(file, 0, 4) === 'OggS') return oggKind(file);
  if (file.length > 4 && file.readUInt32BE(0) === 0x1a45dfa3) return matroskaKind(file);
  return isMpegAudio(file) ? { type: 'audio/mpeg' } : { refused: 'unknown' };
}

const textAt = (file: Buffer, at: number, length: number): string =>
  file.toString('latin1', at, at + length);

/** RFC 2361; chunks lie on even places. */
function waveKind(file: Buffer): SoundKind {
  for (let at = 12; at + 8 <= Math.min(file.length, 64 * 1024); ) {
    const length = file.readUInt32LE(at + 4);
    if (textAt(file, at, 4) === 'fmt ' && length >= 16 && at + 24 <= file.length) {
      const tag = file.readUInt16LE(at + 8);
      // The extensible form says it again, behind what is common to all (KSDATAFORMAT_SUBTYPE).
      const meant = tag === EXTENSIBLE && at + 34 <= file.length ? file.readUInt16LE(at + 32) : tag;
      if (PLAYABLE_WAVES.includes(meant)) return { type: 'audio/wav' };
      return {
        refused: 'coding',
        coding: WAVE_NAMES[meant] ?? `WAV 0x${meant.toString(16).padStart(4, '0')}`,
      };
    }
    at += 8 + length + (length % 2);
  }
  return { refused: 'unknown' };
}

/** RFC 3533: the first packet follows the segment table; Opus RFC 7845, Vorbis I, FLAC in Ogg. */
function oggKind(file: Buffer): SoundKind {
  if (file.length < 28) return { refused: 'unknown' };
  const packet = 27 + file.readUInt8(26);
  const playable =
    textAt(file, packet, 8) === 'OpusHead' ||
    textAt(file, packet, 7) === '\x01vorbis' ||
    textAt(file, packet, 5) === '\x7fFLAC';
  if (playable) return { type: 'audio/ogg' };
  const speex = textAt(file, packet, 8) === 'Speex   ';
  return { refused: 'coding', coding: speex ? 'Speex' : 'Ogg without Opus or Vorbis' };
}

/** RFC 8794: the DocType stands in the header at the file's beginning. */
function matroskaKind(file: Buffer): SoundKind {
  const head = textAt(file, 0, 64);
  const at = head.indexOf('\x42\x82');
  if (at < 0) return { refused: 'unknown' };
  return head.slice(at + 3, at + 7) === 'webm'
    ? { type: 'audio/webm' }
    : { refused: 'coding', coding: 'Matroska' };
}

/** ISO 11172-3: an ID3 tag, or a frame whose header has no forbidden value. */
function isMpegAudio(file: Buffer): boolean {
  if (textAt(file, 0, 3) === 'ID3') return file.length > 10;
  if (file.length < 4) return false;
  const head = file.readUInt32BE(0);
  const sync = head >>> 21 === 0x7ff;
  const version = (head >>> 19) & 3;
  const layer = (head >>> 17) & 3;
  const bitRate = (head >>> 12) & 15;
  const sampleRate = (head >>> 10) & 3;
  return (
    sync && version !== 1 && layer === 1 && bitRate !== 15 && bitRate !== 0 && sampleRate !== 3
  );
}
