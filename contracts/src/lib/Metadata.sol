// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Receipt} from "../Types.sol";
import {Encode} from "./Encode.sol";
import {EvolveTerms} from "./EvolveTerms.sol";
import {JsonText} from "./JsonText.sol";
import {Provenance} from "./Provenance.sol";
import {Records} from "./Records.sol";
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
    function open(Receipt memory receipt, bytes calldata record, bytes calldata texts) internal view returns (End) {
        (bytes calldata label, bytes calldata traits) = Records.split(texts);
        End file = _title(Text.start(), label);
        End content = _file(file, record);
        return _facts(content, file, receipt, traits);
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
        (Receipt memory receipt, bytes calldata texts, bytes29 terms) = Records.readFirst(record);
        return asFirst(open(receipt, record, texts), terms);
    }

    /// The whole of a step's.
    function step(bytes calldata record, uint256 token, bytes32 previous) internal view returns (End) {
        (Receipt memory receipt, bytes calldata texts) = Records.readStep(record);
        return asStep(open(receipt, record, texts), token, previous);
    }

    function _title(End end, bytes calldata label) private pure returns (End) {
        if (label.length == 0 || label.length > MAX_LABEL_BYTES || !JsonText.isSafe(label)) revert BadLabel();
        return end.put('{"name":"', 9).copy(label).put('","image":"', 11);
    }

    function _file(End end, bytes calldata record) private view returns (End) {
        (uint8 codec, bytes32 image) = Records.file(record);
        if (codec != RAW && codec != DAG_PB) revert BadCodec(codec);
        return _cid(end, codec, image).put('","external_url":"', 18).copyArguments();
    }

    /// `ipfs://` and the CID, 66 characters.
    function _cid(End end, uint8 codec, bytes32 digest) private pure returns (End) {
        (bytes32 head, bytes32 tail) = Encode.cid58(codec, digest);
        return end.put("ipfs://b", 8).put2(head, tail, 58);
    }

    /// @param content where the content's hex goes first, and `file` where the file's address stands: both are repeated below
    function _facts(End content, End file, Receipt memory receipt, bytes calldata traits) private view returns (End) {
        End end = _attributes(content.skip(64).put('","attributes":[', 16), traits);
        return Provenance.write(end, receipt, content, file, Encode.decimal(receipt.seed));
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
