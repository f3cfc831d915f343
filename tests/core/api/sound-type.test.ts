import { describe, expect, test } from 'vitest';
import { soundKindOf } from '../../../main/core/api/sound-type.ts';
import { sine, wavFile } from '../../support/wav.ts';

const WAV = wavFile(sine(440, 0.05, 8_000));

function wave(tag: number, before = Buffer.alloc(0)): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  const head = Buffer.from('RIFF\0\0\0\0WAVE');
  return Buffer.concat([head, before, Buffer.from('fmt \x10\0\0\0'), format, Buffer.from('data')]);
}

function ogg(packet: string): Buffer {
  const page = Buffer.alloc(28);
  page.write('OggS', 0);
  page.writeUInt8(1, 26);
  page.writeUInt8(packet.length, 27);
  return Buffer.concat([page, Buffer.from(packet, 'latin1')]);
}

const matroska = (type: string) =>
  Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82]),
    Buffer.from([0x80 + type.length]),
    Buffer.from(type),
  ]);

describe('what a browser plays is known by its first bytes', () => {
  test.each([
    ['PCM', WAV, 'audio/wav'],
    ['A-law', wave(6), 'audio/wav'],
    ['µ-law behind another chunk', wave(7, Buffer.from('LIST\x03\0\0\0abc\0')), 'audio/wav'],
    ['MP3 with a tag', Buffer.from('ID3\x04\0\0\0\0\0\0\0\0'), 'audio/mpeg'],
    ['MP3 from a frame on', Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0]), 'audio/mpeg'],
    ['Opus', ogg('OpusHead\x01'), 'audio/ogg'],
    ['Vorbis', ogg('\x01vorbis'), 'audio/ogg'],
    ['WebM', matroska('webm'), 'audio/webm'],
  ])('%s', (_name, bytes, type) => {
    expect(soundKindOf(bytes)).toEqual({ type });
  });
});

describe('everything else is refused', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['words', Buffer.from('hello')],
    ['AAC, whose frames look alike', Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0])],
    ['UTF-16, which begins alike', Buffer.from([0xff, 0xfe, 0x41, 0x00])],
    ['a WAV that is cut off', WAV.subarray(0, 16)],
    ['an Ogg that is cut off', ogg('').subarray(0, 20)],
    ['a WAV whose chunk never ends', Buffer.from('RIFF\0\0\0\0WAVELIST\xff\xff\xff\xff', 'latin1')],
  ])('%s', (_name, bytes) => {
    expect(soundKindOf(bytes)).toEqual({ refused: 'unknown' });
  });
  test.each([
    ['GSM', wave(0x31), 'GSM 6.10'],
    ['an unknown WAV', wave(0x1234), 'WAV 0x1234'],
    ['Speex', ogg('Speex   1.2'), 'Speex'],
    ['a film', matroska('matroska'), 'Matroska'],
  ])('%s by name', (_name, bytes, coding) => {
    expect(soundKindOf(bytes)).toEqual({ refused: 'coding', coding });
  });
});
