const pause = 1000;

/** The server's news. The browser itself connects again and says where it was, so nothing is missed. */
export class Feed {
  /**
   * @param onNews told of each, in order
   * @param onReset told when news were forgotten and everything must be read again
   * @param onConnected told whether there is a connection
   */
  constructor({ onNews, onReset, onConnected }) {
    Object.assign(this, { onNews, onReset, onConnected });
  }

  /** @param position the place after the news that the page has */
  open(position) {
    this.source?.close();
    this.position = position;
    const source = new EventSource(`/page/events?after=${encodeURIComponent(position)}`);
    this.source = source;
    source.onopen = () => this.onConnected(true);
    source.onmessage = ({ data, lastEventId }) => {
      const news = JSON.parse(data);
      if (lastEventId) this.position = lastEventId;
      if (news.type !== 'reset') {
        this.onNews(news);
        return;
      }
      source.close();
      this.onReset();
    };
    source.onerror = () => {
      this.onConnected(false);

      // An answer that is no stream: the browser gives up, we do not.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.source === source && this.open(this.position), pause);
    };
  }
}

/** What the page asks of the server. */
export const server = {
  async get(path) {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}`);
    return response.json();
  },

  /** @returns a sentence for the person when it was not done */
  async post(path, body) {
    try {
      const response = await fetch(path, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
      });
      return response.ok ? null : ((await response.json()).problem ?? 'This did not work.');
    } catch {
      return 'The sandbox does not answer.';
    }
  },
};
