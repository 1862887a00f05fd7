"""The kernel's two views of its one array: tables, which never change while it runs, and the numbers that do.

numba's own indexing asks at each number whether the place is negative, and reads everything again after each write.
The tables are said to be invariant (LLVM's ``!invariant.load``), so that what was read stays read; and rows are taken
four words at once (``Four``), as a vector of the processor's. Together they doubled the kernel's pace (4.3 to 10
million breaths a second, docs/measured/checking.md).
"""

from __future__ import annotations

# mypy: disable-error-code="no-untyped-def, no-any-return, no-untyped-call, misc, attr-defined, import-untyped"
# ruff: noqa: D102, D103
import operator

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import register_default
from numba.core.datamodel.models import PointerModel, PrimitiveModel
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin

WORD = ir.IntType(64)


class Tables(types.Type):
    """Whole numbers that nobody writes."""

    def __init__(self):
        super().__init__("harken.Tables")


TABLES = Tables()


@register_default(Tables)
class TablesModel(PointerModel):
    """Where they begin."""

    def __init__(self, manager, of):
        self._pointee_be_type = WORD
        super(PointerModel, self).__init__(manager, of, WORD.as_pointer())


@infer_global(operator.getitem)
class ReadTable(AbstractTemplate):
    """A table is read by a place from 0."""

    def generic(self, args, kws):
        if len(args) == 2 and isinstance(args[0], Tables) and isinstance(args[1], types.Integer):
            return signature(types.int64, args[0], types.int64)
        return None


@lower_builtin(operator.getitem, Tables, types.Integer)
def read_table(context, builder, signature, args):
    loaded = builder.load(builder.gep(args[0], [args[1]]))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded


@intrinsic
def tables_of(typing, numbers):
    """The array as tables."""

    def begin(context, builder, signature, args):
        return builder.bitcast(context.make_array(signature.args[0])(context, builder, args[0]).data, WORD.as_pointer())

    return TABLES(numbers), begin


@intrinsic
def numbers_of(typing, numbers):
    """The array as numbers that are written."""

    def begin(context, builder, signature, args):
        return context.make_array(signature.args[0])(context, builder, args[0]).data

    return types.CPointer(numbers.dtype)(numbers), begin


@intrinsic
def ones(typing, x):
    """How many bits there are."""

    def count(context, builder, signature, args):
        return builder.ctpop(args[0])

    return types.int64(types.int64), count


@intrinsic
def place(typing, x):
    """Where the lowest bit is; there is one."""

    def count(context, builder, signature, args):
        return builder.cttz(args[0], cgutils.true_bit)

    return types.int64(types.int64), count


class Four(types.Type):
    """Four words of rows at once."""

    def __init__(self):
        super().__init__("harken.Four")


FOUR = Four()
WORDS = ir.VectorType(WORD, 4)


@register_default(Four)
class FourModel(PrimitiveModel):
    """A vector of the processor's, or what LLVM makes of it."""

    def __init__(self, manager, of):
        super().__init__(manager, of, WORDS)


def _load(builder, begin, place):
    return builder.load(builder.bitcast(builder.gep(begin, [place]), WORDS.as_pointer()), align=8)


@intrinsic
def four(typing, begin, place):
    """The four words from this place."""

    def read(context, builder, signature, args):
        loaded = _load(builder, *args)
        if isinstance(begin, Tables):
            loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    return FOUR(begin, types.int64), read


@intrinsic
def put(typing, begin, place, words):
    """Write four words to this place."""

    def write(context, builder, signature, args):
        at = builder.bitcast(builder.gep(args[0], [args[1]]), WORDS.as_pointer())
        builder.store(args[2], at, align=8)
        return context.get_dummy_value()

    return types.void(begin, types.int64, FOUR), write


@intrinsic
def all_of(typing, word):
    """Four times this word."""

    def spread(context, builder, signature, args):
        one = builder.insert_element(ir.Constant(WORDS, ir.Undefined), args[0], ir.Constant(ir.IntType(32), 0))
        everywhere = ir.Constant(ir.VectorType(ir.IntType(32), 4), None)
        return builder.shuffle_vector(one, ir.Constant(WORDS, ir.Undefined), everywhere)

    return FOUR(types.int64), spread


@intrinsic
def which(typing, words):
    """A bit for each of the four that has any row."""

    def test(context, builder, signature, args):
        lanes = builder.icmp_unsigned("!=", args[0], ir.Constant(WORDS, None))
        return builder.zext(builder.bitcast(lanes, ir.IntType(4)), WORD)

    return types.int64(FOUR), test


@intrinsic
def how_many(typing, words):
    """How many rows the four have."""

    def count(context, builder, signature, args):
        each = [builder.ctpop(builder.extract_element(args[0], WORD(lane))) for lane in range(4)]
        return builder.add(builder.add(each[0], each[1]), builder.add(each[2], each[3]))

    return types.int64(FOUR), count


def _both(operation, build):
    """This operation of the words of two fours, each with each."""

    @infer_global(operation)
    class Both(AbstractTemplate):
        """Takes two fours."""

        def generic(self, args, kws):
            return signature(FOUR, FOUR, FOUR) if args == (FOUR, FOUR) else None

    @lower_builtin(operation, Four, Four)
    def lower(context, builder, signature, args):
        return getattr(builder, build)(*args)


_both(operator.and_, "and_")
_both(operator.iand, "and_")
_both(operator.or_, "or_")
_both(operator.ior, "or_")


@infer_global(operator.invert)
class Inverted(AbstractTemplate):
    """The rows that are not there."""

    def generic(self, args, kws):
        return signature(FOUR, FOUR) if args == (FOUR,) else None


@lower_builtin(operator.invert, Four)
def invert(context, builder, signature, args):
    return builder.not_(args[0])
