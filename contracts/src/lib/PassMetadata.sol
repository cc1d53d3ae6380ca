// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base64} from "solady/utils/Base64.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";
import {TierLook} from "../PassTypes.sol";
import {Encode} from "./Encode.sol";
import {Stamp, Stamps} from "./Stamps.sol";

/// The metadata JSON of a pass. Labels were checked when the tier was added, so nothing needs escaping here.
library PassMetadata {
    /// @return a data address, base64
    function uri(TierLook storage look, uint256 tokenId, uint256 number, Stamp stamp, bool transferable)
        internal
        view
        returns (string memory)
    {
        string memory label = look.label;
        bytes memory head = abi.encodePacked(
            '{"name":"',
            label,
            " #",
            LibString.toString(number),
            '","image":"ipfs://',
            Encode.cid(look.codec, look.image),
            '","external_url":"',
            LibClone.argsOnClone(address(this)),
            LibString.toString(tokenId)
        );
        bytes memory json = abi.encodePacked(head, '","attributes":[', _attributes(label, stamp, transferable), "]}");
        return string(abi.encodePacked("data:application/json;base64,", Base64.encode(json)));
    }

    function _attributes(string memory label, Stamp stamp, bool transferable) private pure returns (bytes memory) {
        return abi.encodePacked(
            '{"trait_type":"Tier","value":"',
            label,
            '"},{"trait_type":"Transferable","value":"',
            transferable ? "yes" : "no",
            '"},',
            _expires(stamp.expiry())
        );
    }

    /// Marketplaces show a `date` (seconds) in the reader's own form.
    function _expires(uint40 expiry) private pure returns (bytes memory) {
        if (expiry == Stamps.NEVER) return '{"trait_type":"Expires","value":"never"}';
        if (expiry == Stamps.CANCELLED) return '{"trait_type":"Expires","value":"cancelled"}';
        return
            abi.encodePacked('{"display_type":"date","trait_type":"Expires","value":', LibString.toString(expiry), "}");
    }
}
