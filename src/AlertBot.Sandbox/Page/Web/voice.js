/** The kinds of sound that browsers record, the one that messengers like best first. */
const kinds = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4', ''];
const endings = { 'audio/ogg': 'ogg', 'audio/webm': 'webm', 'audio/mp4': 'm4a' };

/** Whether this browser can record here: it asks for the microphone only on a page of its own machine, or over https. */
export const canRecord = Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Records a voice message. The microphone is on until it is finished or given up. */
export class Recording {
  static async begin() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = kinds.find((kind) => kind === '' || MediaRecorder.isTypeSupported(kind));
    return new Recording(stream, new MediaRecorder(stream, mimeType ? { mimeType } : {}));
  }

  constructor(stream, recorder) {
    this.stream = stream;
    this.recorder = recorder;
    this.parts = [];
    this.began = performance.now();
    recorder.addEventListener('dataavailable', ({ data }) => this.parts.push(data));
    recorder.start();
  }

  /** In the manner of 0:07. */
  get length() {
    const seconds = Math.floor((performance.now() - this.began) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  /** @returns what was said, as a file */
  async finish() {
    const ended = new Promise((resolve) => { this.recorder.addEventListener('stop', resolve, { once: true }); });
    this.recorder.stop();
    await ended;
    this.release();
    const type = this.recorder.mimeType.split(';')[0];
    return new File([new Blob(this.parts, { type })], `voice.${endings[type] ?? 'webm'}`, { type });
  }

  giveUp() {
    this.recorder.stop();
    this.release();
  }

  release() {
    for (const track of this.stream.getTracks()) track.stop();
  }
}
