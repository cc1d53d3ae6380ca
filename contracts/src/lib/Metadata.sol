// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Encode} from "./Encode.sol";
import {EvolveTerms} from "./EvolveTerms.sol";
import {JsonText} from "./JsonText.sol";
import {Provenance} from "./Provenance.sol";
import {Parsed, Records} from "./Records.sol";
import {End, Text} from "./Text.sol";

/// The canonical metadata JSON: fixed keys, fixed order, no spaces. Its sha-256 is the token id, so a byte here is a byte
/// forever; `lib/protocol/metadata.ts` is the twin and `test/vectors/protocol.json` holds both to it. It is the JSON in the
/// collection that runs this: `external_url` starts with the clone's immutable argument, and `provenance` with
/// `prompt` is the receipt, enough to recompute its digest for the chain and collection in which one finds the token.
library Metadata {
    using Encode for End;

    uint8 internal constant RAW = 0x55;
    uint8 internal constant DAG_PB = 0x70;
    uint256 internal constant MAX_LABEL_BYTES = 128;
    uint256 internal constant MAX_TRAITS_BYTES = 1024;

    error BadCodec(uint8 codec);
    error BadLabel();
    error BadTraits();

    /// Everything up to the receipt's parent; `asFirst` or `asStep` has to follow.
    function open(Parsed work) internal view returns (End) {
        End file = _title(work.label());
        End content = _file(file, work);
        return Provenance.write(_attributes(content.skip(80), work.traits()), work, content, file);
    }

    /// The end of the first metadata of a token.
    function asFirst(End open_, bytes29 evolve) internal pure returns (End end) {
        if (evolve == 0) end = open_.put('","evolve":null}}', 17);
        else end = _terms(open_.put('","evolve":{"by":"', 18), evolve);
    }

    /// The end of the metadata of a later step of `token`.
    function asStep(End open_, uint256 token, bytes32 previous) internal pure returns (End end) {
        end = open_.put('","token":"0x', 13).hexOf(token, 256);
        end = end.put('","previous":"0x', 16).hexOf(uint256(previous), 256).put('"}}', 3);
    }

    /// The whole of it.
    function first(bytes calldata record) internal view returns (End) {
        Parsed work = Records.readFirst(record);
        return asFirst(open(work), work.terms());
    }

    /// The whole of a step's.
    function step(bytes calldata record, uint256 token, bytes32 previous) internal view returns (End) {
        return asStep(open(Records.readStep(record)), token, previous);
    }

    function _title(bytes calldata label) private pure returns (End end) {
        if (label.length == 0 || label.length > MAX_LABEL_BYTES || !JsonText.isSafe(label)) revert BadLabel();
        assembly {
            end := add(mload(0x40), 0x20) // Text.start
            mstore(end, '{"name":"')
            calldatacopy(add(end, 9), label.offset, label.length)
            end := add(end, add(9, label.length))
            mstore(end, '","image":"')
            end := add(end, 11)
        }
    }

    /// `ipfs://` and the CID, 66 characters; the start of `external_url`, which is the immutable argument of the clone we are (it
    /// stands behind the 45 bytes of the proxy's code); and what follows the content's 64 characters there.
    function _file(End file, Parsed work) private view returns (End content) {
        (uint8 codec, bytes32 image) = work.file();
        if (codec != RAW && codec != DAG_PB) revert BadCodec(codec);
        (bytes32 head, bytes32 tail) = Encode.cid58(codec, image);
        assembly {
            mstore(file, "ipfs://b")
            mstore(add(file, 8), head)
            mstore(add(file, 40), tail)
            mstore(add(file, 66), '","external_url":"')
            content := add(file, 84)
            let size := sub(extcodesize(address()), 0x2d)
            extcodecopy(address(), content, 0x2d, size)
            content := add(content, size)
            mstore(add(content, 64), '","attributes":[')
        }
    }

    function _terms(End end, bytes29 evolve) private pure returns (End) {
        EvolveTerms.check(evolve);
        bool byHolder = EvolveTerms.by(evolve) == EvolveTerms.BY_HOLDER;
        end = end.put(byHolder ? bytes32("holder") : bytes32("anyone"), 6).put('","rule":"0x', 12);
        end = end.hexOf(uint160(EvolveTerms.rule(evolve)), 160).put('","until":"', 11);
        return end.putShort(Encode.decimal(EvolveTerms.until(evolve))).put('"}}}', 4);
    }

    function attributes(bytes calldata traits) internal pure returns (bytes memory) {
        return Text.close(_attributes(Text.start(), traits));
    }

    /// Length-prefixed pairs (one byte of length, then that many bytes; name, value, name, value ...) as ERC-721 attributes.
    function _attributes(End end, bytes calldata traits) private pure returns (End) {
        if (traits.length > MAX_TRAITS_BYTES) revert BadTraits();
        uint256 cursor;
        while (cursor < traits.length) {
            if (cursor > 0) end = end.put(",", 1);
            bytes calldata field = _field(traits, cursor);
            end = end.put('{"trait_type":"', 15).copy(field).put('","value":"', 11);
            cursor += 1 + field.length;
            field = _field(traits, cursor);
            end = end.copy(field).put('"}', 2);
            cursor += 1 + field.length;
        }
        return end;
    }

    function _field(bytes calldata traits, uint256 cursor) private pure returns (bytes calldata field) {
        if (cursor >= traits.length) revert BadTraits();
        uint256 end = cursor + 1 + uint8(traits[cursor]);
        if (end == cursor + 1 || end > traits.length) revert BadTraits();
        field = traits[cursor + 1:end];
        if (!JsonText.isSafe(field)) revert BadTraits();
    }
}
