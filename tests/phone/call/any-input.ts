import fc from 'fast-check';
import { CALL_TIMERS, type CallInput } from '../../../renderer/phone/call-state.ts';

/** A call beside the one in question. */
export const OTHER_CALL = '01890000-0000-7000-8000-0000000000ff';
export const quality = { mos: 4, lossPercent: 0, jitterMs: 1, rttMs: 1 };
const media = ['new', 'checking', 'connected', 'disconnected', 'restarting', 'failed'] as const;

export const anyInput: fc.Arbitrary<CallInput> = fc.oneof(
  fc.constantFrom(
    ...(
      [
        'answer',
        'decline',
        'hangUp',
        'hold',
        'resume',
        'mute',
        'unmute',
        'inviteSent',
        'accepted',
        'ackSent',
        'progressSent',
        'okSent',
        'ackReceived',
        'byeReceived',
        'reinviteAccepted',
        'peerOffers',
        'peerOfferDone',
        'sessionRefresh',
        'sessionExpired',
        'linkDown',
        'linkUp',
      ] as const
    ).map((type) => ({ type })),
  ),
  fc.record({
    type: fc.constant('dtmf' as const),
    digit: fc.constantFrom('0', '#', 'D', 'x', '12'),
  }),
  fc.record({
    type: fc.constant('provisional' as const),
    sipCode: fc.constantFrom(100, 180, 181, 183),
    withMedia: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('rejected' as const),
    sipCode: fc.integer({ min: 300, max: 699 }),
  }),
  fc.record({
    type: fc.constant('reinviteRejected' as const),
    sipCode: fc.constantFrom(408, 481, 488, 491, 500, 503),
  }),
  fc.record({ type: fc.constant('cancelReceived' as const), answeredElsewhere: fc.boolean() }),
  fc.record({ type: fc.constant('remoteHold' as const), held: fc.boolean() }),
  fc.constant({ type: 'sessionGone' as const, cause: 'failed' as const, sipCode: null }),
  fc.record({ type: fc.constant('media' as const), media: fc.constantFrom(...media) }),
  fc.constant({ type: 'quality' as const, now: quality, total: quality, oneWay: null }),
  fc.constantFrom<CallInput>(
    { type: 'transfer', target: '200', uri: 'sip:200@x.test' },
    { type: 'consult', target: '200', withCallId: OTHER_CALL },
    { type: 'completeTransfer' },
    { type: 'cancelTransfer' },
    { type: 'consultationOver', sipCode: null },
    { type: 'consultationOver', sipCode: 486 },
    { type: 'referAccepted' },
    { type: 'referReceived', target: '300' },
    { type: 'answerRefer', accept: true },
    { type: 'answerRefer', accept: false },
    { type: 'referredCall', sipCode: 180 },
    { type: 'takenOver' },
    { type: 'microphoneFailed' },
  ),
  fc.record({
    type: fc.constant('referRejected' as const),
    sipCode: fc.constantFrom(403, 481, 603),
  }),
  fc.record({
    type: fc.constant('referProgress' as const),
    sipCode: fc.constantFrom(null, 100, 180, 200, 486, 603),
    over: fc.boolean(),
  }),
  fc.record({ type: fc.constant('timer' as const), timer: fc.constantFrom(...CALL_TIMERS) }),
);

const recording = { id: '01890000-0000-7000-8000-0000000000ee' };

/** What else may happen to a call by the desk's doing. */
export const anyCompany: fc.Arbitrary<CallInput> = fc.constantFrom<CallInput>(
  { type: 'joinConference', conferenceId: OTHER_CALL },
  { type: 'leaveConference' },
  { type: 'recording', recording: { ...recording, state: 'on' } },
  { type: 'recording', recording: { ...recording, state: 'paused' } },
  { type: 'recording', recording: { ...recording, state: 'closing' } },
  { type: 'recording', recording: null },
);
