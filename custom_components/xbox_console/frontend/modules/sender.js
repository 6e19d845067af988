// From presses to calls: a tap is never lost, a hold repeats no faster than a console follows.
const UNTIL_REPEAT = 400;
const BETWEEN_REPEATS = 200;

export class Sender {
  // `call` sends a command and rejects if it is refused; `refused` is told why.
  constructor(call, refused) {
    this._call = call;
    this._refused = refused;
    this._underWay = 0;
  }

  // Sends, and goes on until `release` if it is something that repeats.
  press(command, repeats) {
    this.release();
    this.send(command);
    if (repeats) this._timer = setTimeout(() => this._repeat(command), UNTIL_REPEAT);
  }

  release() {
    clearTimeout(this._timer);
    this._timer = undefined;
  }

  async send(command) {
    this._underWay += 1;
    try {
      await this._call(command);
    } catch (error) {
      // Whatever it is, too many requests above all: more of the same makes it no better.
      this.release();
      this._refused(error);
    } finally {
      this._underWay -= 1;
    }
  }

  // While one is under way the others fall away, so that nothing goes on after the release.
  _repeat(command) {
    this._timer = setTimeout(() => this._repeat(command), BETWEEN_REPEATS);
    if (!this._underWay) this.send(command);
  }
}
