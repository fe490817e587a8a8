/** Words of a file on its way up, and of stopping and going on. Text alone, as in strings.ts. */

export const uploading = {
  states: {
    uploading: 'Uploading',
    waiting: 'Waiting to upload',
    paused: 'Upload paused',
    failed: 'Not uploaded',
  },
  stalled: 'The connection is away. This goes on by itself when it is back.',
  stop: 'Give up',
  stopLabel: (file: string) => `Give up: ${file}`,
  dismiss: 'Dismiss',
  dismissLabel: (file: string) => `Dismiss ${file}`,
  pause: 'Pause',
  pauseLabel: (file: string) => `Pause ${file}`,
  goOn: 'Continue',
  goOnLabel: (file: string) => `Continue ${file}`,
  arrived: (received: string, all: string) => `${received} of ${all} arrived`,
  chooseAgain: (date: string) =>
    `Choose the same file again to go on from there. What has arrived is kept until ${date}.`,
} as const;
