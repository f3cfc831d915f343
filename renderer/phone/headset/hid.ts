// The part of WebHID that headsets need, so that tests can give a device of their own. TypeScript's DOM
// library does not know WebHID.

export interface HidReportItem {
  readonly isAbsolute?: boolean;
  /** An array item carries which usages are on instead of one bit for each. */
  readonly isArray?: boolean;
  readonly isRange?: boolean;
  /** Padding. */
  readonly isConstant?: boolean;
  /** The control returns by itself, as a push button does. */
  readonly hasPreferredState?: boolean;
  /** Usage page in the upper 16 bits. */
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  /** Bits of one field. */
  readonly reportSize?: number;
  readonly reportCount?: number;
  readonly logicalMinimum?: number;
}

export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidReportItem[];
}

/** Chromium lists a report's items, nested collections' too, in each collection above them. */
export interface HidCollection {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
}

export interface HidInput {
  readonly reportId: number;
  /** Without the report's id. */
  readonly data: DataView;
}

export interface HidDevice {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(type: 'inputreport', listener: (input: HidInput) => void): void;
  removeEventListener(type: 'inputreport', listener: (input: HidInput) => void): void;
}

export interface HidLike {
  /** Devices that the agent has allowed before. */
  getDevices(): Promise<readonly HidDevice[]>;
  /** Asks the agent; needs a click or a key. */
  requestDevice(options: { filters: { usagePage: number }[] }): Promise<readonly HidDevice[]>;
  addEventListener(
    type: 'connect' | 'disconnect',
    listener: (event: { readonly device: HidDevice }) => void,
  ): void;
  removeEventListener(
    type: 'connect' | 'disconnect',
    listener: (event: { readonly device: HidDevice }) => void,
  ): void;
}
