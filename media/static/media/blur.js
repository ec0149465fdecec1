// Draws boxes over faces on the page of a photograph. Without this script the boxes are typed as four numbers.
function drawBoxes(field, picture) {
  const board = document.createElement("canvas");
  const regions = () => field.value.split("\n").map((line) => line.trim().split(/\s+/).map(parseFloat))
    .filter((one) => one.length === 4 && one.every(Number.isFinite));
  const draw = (fresh) => {
    const pen = board.getContext("2d");
    pen.clearRect(0, 0, board.width, board.height);
    for (const [left, top, width, height] of fresh ? [...regions(), fresh] : regions()) {
      pen.fillStyle = "rgba(33, 28, 22, .55)";
      pen.strokeStyle = "#F0BC42";
      pen.lineWidth = 2;
      const box = [left * board.width / 100, top * board.height / 100, width * board.width / 100, height * board.height / 100];
      pen.fillRect(...box);
      pen.strokeRect(...box);
    }
  };
  const copy = new Image();
  copy.src = picture.src;
  copy.alt = "";
  copy.style.maxWidth = "100%";
  const place = document.createElement("div");
  place.style.cssText = "position:relative;display:inline-block;touch-action:none;margin-bottom:8px";
  board.style.cssText = "position:absolute;inset:0;cursor:crosshair";
  place.append(copy, board);
  field.before(place);
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "button button-small button-secondary";
  clear.textContent = field.dataset.clearLabel || "×";
  clear.addEventListener("click", () => { field.value = ""; draw(); });
  field.after(clear);
  const resize = () => { board.width = copy.clientWidth; board.height = copy.clientHeight; draw(); };
  copy.addEventListener("load", resize);
  addEventListener("resize", resize);
  field.addEventListener("input", () => draw());
  let from;
  const at = (event) => {
    const box = board.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100];
  };
  const region = (to) => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
  board.addEventListener("pointerdown", (event) => { from = at(event); board.setPointerCapture(event.pointerId); });
  board.addEventListener("pointermove", (event) => { if (from) draw(region(at(event))); });
  board.addEventListener("pointerup", (event) => {
    const fresh = region(at(event));
    from = undefined;
    if (fresh[2] > 1 && fresh[3] > 1) field.value = `${field.value.trim()}\n${fresh.map((part) => part.toFixed(1)).join(" ")}`.trim();
    draw();
  });
}

function watchPicture() {
  const field = document.querySelector("[data-blur-regions]");
  const picture = document.querySelector(
    ".image-preview img, .preview-image img, .focal-point-chooser img, [data-focal-point-chooser] img, img.show-transparency");
  if (field && picture) drawBoxes(field, picture);
}

// Wagtail loads a form's scripts before the page they belong to is read.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watchPicture);
else watchPicture();
