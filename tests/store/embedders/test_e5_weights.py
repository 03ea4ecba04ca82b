"""The packed weights are read as they lie in the file; anything else is refused."""

from pathlib import Path

import numpy as np
import pytest

from store.embedders._e5_weights import PackedWeights


def test_sizes_and_pieces_are_read(tiny_weights: Path) -> None:
    found = PackedWeights(tiny_weights)
    assert (found.shape.hidden, found.shape.layers, found.shape.heads) == (384, 2, 12)
    assert (found.shape.inner, found.shape.positions) == (64, 512)
    assert len(found.pieces.texts) == found.shape.vocabulary == 22
    assert found.pieces.texts[7] == "社区"
    assert found.pieces.scores[7] == -6
    assert (found.pieces.begin, found.pieces.end, found.pieces.unknown) == (0, 2, 3)
    assert found.pieces.characters[ord("㈱")] == "(株)"
    assert found.pieces.characters[1] == ""


def test_a_matrix_is_its_blocks_times_their_scales(tiny_weights: Path) -> None:
    found = PackedWeights(tiny_weights)
    bits, scales = found.blocks("l0.fo.w", 64)
    assert bits.shape == (384, 64)
    assert scales.shape == (384, 2)
    assert bits.max() <= 15
    matrix = found.matrix("l0.fo.w", 64)
    assert matrix.dtype == np.float32
    assert matrix[5, 40] == pytest.approx((float(bits[5, 40]) - 8) * float(scales[5, 1]))


def test_the_low_four_bits_are_the_first_half_of_a_block(
    tiny_weights: Path, tmp_path: Path
) -> None:
    raw = tiny_weights.read_bytes()
    start = len(raw) - 384 * 4 - 384 * 2 * 18  # of the last matrix, l1.fo.w; its bias follows
    one = bytes([0x00, 0x3C])  # as f16
    path = tmp_path / "changed.bin"
    path.write_bytes(raw[:start] + one + bytes(range(0x10, 0x20)) + raw[start + 18 :])
    matrix = PackedWeights(path).matrix("l1.fo.w", 64)
    assert matrix[0, :16].tolist() == [float(low - 8) for low in range(16)]
    assert matrix[0, 16:32].tolist() == [1.0 - 8.0] * 16


def test_a_tensor_of_the_other_kind_is_refused(tiny_weights: Path) -> None:
    found = PackedWeights(tiny_weights)
    with pytest.raises(ValueError, match="floats"):
        found.floats("emb.word")
    with pytest.raises(ValueError, match="blocks"):
        found.blocks("emb.pos", 384)


@pytest.mark.parametrize("kept", [0, 3, 40, 90, 300])
def test_a_file_that_is_cut_short_is_refused(tiny_weights: Path, tmp_path: Path, kept: int) -> None:
    path = tmp_path / "short.bin"
    path.write_bytes(tiny_weights.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"short|empty|small|larger"):
        PackedWeights(path)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match="not packed weights"):
        PackedWeights(path)
