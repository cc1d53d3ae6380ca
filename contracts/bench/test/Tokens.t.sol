// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";
import {ERC721 as OpenZeppelin721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721A} from "erc721a/contracts/ERC721A.sol";
import {ERC721 as Solady721} from "solady/tokens/ERC721.sol";
import {Peer} from "./Peer.sol";

/// The least each library can do: the next id to an account. No signature, no price, no record of how the work was made.
interface Mintable {
    function mint(address to) external;
}

contract OzToken is OpenZeppelin721("Impressions", "IMP") {
    uint256 private _next = 1;

    function mint(address to) external {
        _mint(to, _next++);
    }
}

contract OzUriToken is ERC721URIStorage {
    uint256 private _next = 1;

    constructor() OpenZeppelin721("Impressions", "IMP") {}

    function mint(address to, string calldata uri) external {
        uint256 id = _next++;
        _mint(to, id);
        _setTokenURI(id, uri);
    }
}

contract SoladyToken is Solady721 {
    uint256 private _next = 1;

    function mint(address to) external {
        _mint(to, _next++);
    }

    function name() public pure override returns (string memory) {
        return "Impressions";
    }

    function symbol() public pure override returns (string memory) {
        return "IMP";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }
}

contract AToken is ERC721A("Impressions", "IMP") {
    function mint(address to, uint256 quantity) external {
        _mint(to, quantity);
    }
}

contract TokensPeer is Peer {
    function testOpenZeppelin() public {
        _measureBoth(Mintable(address(new OzToken())), "peer.oz.fresh", "peer.oz.repeat");
    }

    function testSolady() public {
        _measureBoth(Mintable(address(new SoladyToken())), "peer.solady.fresh", "peer.solady.repeat");
    }

    function testOpenZeppelinUriStorage() public {
        OzUriToken token = new OzUriToken();
        token.mint(FIRST, URI);
        token.mint(SECOND, URI);
        token.mint(collector, URI);
        _measured("peer.ozUri.fresh", 1);
        token.mint(collector, URI);
        _measured("peer.ozUri.repeat", 1);
    }

    function testErc721A() public {
        AToken token = new AToken();
        token.mint(FIRST, 1);
        token.mint(SECOND, 1);
        token.mint(collector, 1);
        _measured("peer.erc721a.fresh", 1);
        token.mint(collector, 1);
        _measured("peer.erc721a.repeat", 1);
        token.mint(collector, 10);
        _measured("peer.erc721a.10", 10);
        token.mint(collector, 100);
        _measured("peer.erc721a.100", 100);
    }

    function _measureBoth(Mintable token, string memory fresh, string memory again) private {
        token.mint(FIRST);
        token.mint(SECOND);
        token.mint(collector);
        _measured(fresh, 1);
        token.mint(collector);
        _measured(again, 1);
    }
}
